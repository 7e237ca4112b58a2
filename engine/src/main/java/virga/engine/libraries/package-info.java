/**
 * The AWS SDKs that Lambda's own runtimes contain: what a function imports of them and does not bring itself is installed, for all
 * projects of a user together, when it is first needed.
 */
package virga.engine.libraries;
