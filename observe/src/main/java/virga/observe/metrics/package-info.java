/** Numbers read off records: how often, how long, how many at once, how cold. Nothing here is sampled or estimated. */
package virga.observe.metrics;
