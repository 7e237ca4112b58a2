/** Requests to what users deploy behind HTTP: their APIs and function URLs. The door hands them to whichever service knows the host. */
package virga.cloud.http;
