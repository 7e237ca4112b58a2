/**
 * Words and ports that everyone shares. This room knows nothing but {@code java.base}: no HTTP, no JSON, no SQL, no service.
 *
 * <p>Time ({@link virga.kernel.Clock}), chance ({@link virga.kernel.Chance}), identity ({@link virga.kernel.Ids}), waiting
 * ({@link virga.kernel.Signals}) and threads ({@link virga.kernel.Threads}) are parameters, so that a whole cloud can run on
 * virtual time from a seed. Their real implementations live in {@link virga.kernel.system}; nothing else may read the wall clock.
 */
package virga.kernel;
