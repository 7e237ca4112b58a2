/**
 * AWS Lambda: functions, versions, aliases, layers, permissions, and the three ways to invoke. Source: AWS Lambda API Reference and
 * Developer Guide.
 *
 * <p>This room keeps what a function is and decides when it is invoked; how it runs is the engine's, behind
 * {@link virga.kernel.function.FunctionEngine}. Event source mappings are in {@code mapping}.
 */
package virga.services.lambda;
