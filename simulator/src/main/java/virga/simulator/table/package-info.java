/** Clients of a table, and the ledger that holds their answers against the order of changes that the table's stream tells. */
package virga.simulator.table;
