package virga.store.backend;

import java.util.Iterator;
import virga.store.Reading.Entry;

/** A walk over entries in one direction. May be closed before its end, and more than once. */
public interface Cursor extends Iterator<Entry>, AutoCloseable {
    @Override
    void close();
}
