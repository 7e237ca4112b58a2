package virga.store.backend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Reading;

/** Reading a view from beginning to end of one block. What is read lazily cannot be carried out of it: that is a bug, told as one. */
public final class Session implements Reading {
    private final Supplier<View> view;
    private final Set<Walk> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean ended;

    /** @param view the state to read, asked for at each read */
    Session(Supplier<View> view) {
        this.view = view;
    }

    /** Runs {@code body} on {@code view}. */
    public static <T> T over(View view, Function<? super Reading, T> body) {
        Session session = new Session(() -> view);
        try {
            return body.apply(session);
        } finally {
            session.end();
        }
    }

    @Override
    public Optional<Bytes> get(Key key) {
        check();
        return view.get().get(key);
    }

    @Override
    public Stream<Entry> scan(KeyRange range, Direction direction) {
        check();
        Walk walk = new Walk(view.get().cursor(range, direction));
        open.add(walk);
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(walk, traits), false)
                .onClose(walk::close);
    }

    void end() {
        ended = true;
        new ArrayList<>(open).forEach(Walk::close);
    }

    void check() {
        if (ended) {
            throw new Bug("used after its transaction or snapshot ended");
        }
    }

    private final class Walk implements Iterator<Entry> {
        private final Cursor cursor;
        private boolean closed;

        Walk(Cursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean hasNext() {
            check();
            if (closed || cursor.hasNext()) {
                return !closed;
            }
            close();
            return false;
        }

        @Override
        public Entry next() {
            check();
            return cursor.next();
        }

        void close() {
            if (!closed) {
                closed = true;
                open.remove(this);
                cursor.close();
            }
        }
    }
}
