/**
 * The spine: what every call in the cloud passes, from outside or between services, and what a service is written against.
 *
 * <p>A service implements {@link virga.cloud.Service}: it binds one small handler to each operation through a
 * {@link virga.cloud.Binder}. An {@link virga.cloud.Atomic} handler reads and writes one transaction; what must happen after the
 * commit it sends as a task ({@link virga.cloud.UnitOfWork#send}); services meet only through {@link virga.cloud.Environment#call}.
 */
package virga.cloud;
