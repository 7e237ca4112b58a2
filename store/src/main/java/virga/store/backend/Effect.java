package virga.store.backend;

import virga.store.Key;

/** What a commit did to one key. {@code before} and {@code after} differ. */
public record Effect(Key key, Slot before, Slot after) {}
