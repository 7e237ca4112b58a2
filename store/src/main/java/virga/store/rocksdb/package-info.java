/**
 * State on disk, one RocksDB database for each environment: the embedded default. Every commit is in the operating system's hands
 * before it is acknowledged, so it survives {@code kill -9}; with {@link virga.store.rocksdb.Durability#POWER_LOSS} it is on the disk.
 *
 * <p>Beside the data, each commit leaves an undo record: the old values of what it changed. A snapshot of today with the undo records
 * back to a commit laid over it is the state of that commit; that is how {@link virga.store.Store#forkAt} looks back without copying.
 */
package virga.store.rocksdb;
