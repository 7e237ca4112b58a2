/** What measured functions do: nothing, so that what is measured is the cloud. */
package virga.bench.function;
