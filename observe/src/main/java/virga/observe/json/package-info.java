/** JSON as values: what log messages and recorded payloads hold, and what readings are printed as. */
package virga.observe.json;
