/** What followed from what: the tree of records that one outside request brought about, over every queue, stream and bus. */
package virga.observe.lineage;
