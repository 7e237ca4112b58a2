/** Deploys a template as `sam deploy` does: packs what it points to, makes a change set, executes it, and tells how each resource fares. */
package virga.server.deploy;
