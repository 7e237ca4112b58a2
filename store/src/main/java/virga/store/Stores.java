package virga.store;

import java.util.List;

/** Where environments keep their state: opens, forks and deletes whole stores by name. One per backend and place. */
public interface Stores extends AutoCloseable {
    /** The store called {@code name}, made where it does not exist. The same instance while it is open. */
    Store open(String name);

    /** Makes {@code to} a full copy of {@code from} that lives on its own, history and all later writes apart. */
    Store forkTo(String from, String to);

    /** Closes and removes a store. */
    void delete(String name);

    /** The names of all stores, open or not, in order. */
    List<String> names();

    @Override
    void close();
}
