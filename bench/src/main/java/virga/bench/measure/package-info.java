/** What is measured: one benchmark a class, by the name that {@code ./dev bench NAME} takes. */
package virga.bench.measure;
