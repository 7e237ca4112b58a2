/** Functions as handlers in Java, what brings events to them, and the ledgers of what became of each event. */
package virga.simulator.function;
