/**
 * Ordered transactional key-value state: the one thing under every service. One {@link virga.store.Store} holds the whole state of
 * one environment; values are bytes, keys are made by a declared {@link virga.store.KeySpace}. Transactions are serialisable.
 *
 * <p>What was committed survives {@code kill -9} on backends that are durable. Every commit has a sequence number, and a store can be
 * forked at a recent one: that is how an event is replayed on the state it saw.
 */
package virga.store;
