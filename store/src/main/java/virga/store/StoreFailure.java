package virga.store;

/**
 * A store cannot do its work: its directory is in use, full or damaged, or it was closed. The message says which, and names the
 * place. Nothing that was acknowledged is lost by it.
 */
public final class StoreFailure extends RuntimeException {
    public StoreFailure(String message) {
        super(message);
    }

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
