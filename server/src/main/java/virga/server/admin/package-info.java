/** The cloud's own interface under {@code /_virga}: what the commands, test helpers and the console ask. */
package virga.server.admin;
