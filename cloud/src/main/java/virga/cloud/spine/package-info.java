/**
 * How the spine is made: the registry of what services bound, the environments that live, the life of a call, and the pump that does
 * what was committed.
 */
package virga.cloud.spine;
