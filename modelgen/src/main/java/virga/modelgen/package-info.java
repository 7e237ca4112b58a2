/**
 * Writes the classes of {@code virga.model.*} while the {@code model} module is built: one package a service, from its trimmed model
 * file and the overlay that says, with reasons, where we deviate from it. Never on the path of a running cloud.
 */
package virga.modelgen;
