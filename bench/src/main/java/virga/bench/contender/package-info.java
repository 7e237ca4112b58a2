/** Those who are measured: Virga and its peers, as processes that are started, asked and stopped. */
package virga.bench.contender;
