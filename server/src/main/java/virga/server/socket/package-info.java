/** Sockets: HTTP/1.1 and HTTP/2 on one port, each request on a virtual thread. The only place that knows Vert.x. */
package virga.server.socket;
