/** A small real cloud in memory, for tests of services: the same spine, without a door and without an engine. */
package virga.cloud.testing;
