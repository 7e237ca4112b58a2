/**
 * The front door: from an HTTP request to an HTTP answer, without sockets. {@link virga.server.door.FrontDoor} tells the life of a
 * request; {@link virga.server.door.Identification} says who makes it.
 */
package virga.server.door;
