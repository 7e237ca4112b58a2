/** {@code virga demo}: the main job from beginning to end, on an application with a classic fault. */
package virga.server.demo;
