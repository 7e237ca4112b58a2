/** The port behind which functions run: what a function is, what an event is, what came of it. The engine implements it. */
package virga.kernel.function;
