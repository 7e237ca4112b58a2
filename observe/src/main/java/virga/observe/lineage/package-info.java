/**
 * What followed from what. A lineage is the tree of records that one outside request brought about, over every queue, stream and bus,
 * and {@link virga.observe.lineage.TraceTree} draws it for a terminal.
 */
package virga.observe.lineage;
