/** Function packages and layers on disk: each zip archive is unpacked once, under the name of its hash, and shared read-only. */
package virga.engine.packages;
