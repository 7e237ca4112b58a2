/**
 * The numbers behind SPECIFICATION.md. Virga and its peers run as processes of their own, side by side in one run, and are called with
 * one client in rounds that take turns (A B, B A, ...): what a busy machine does to one it does to the others, so ratios travel where
 * absolute times do not. A {@link virga.bench.Benchmark} measures {@link virga.bench.Series}, {@link virga.bench.Report} prints them.
 */
package virga.bench;
