/** One running Virga: put together in {@link virga.server.Composition}, started and ended by {@link virga.server.Virga}. */
package virga.server;
