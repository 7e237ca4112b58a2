package virga.store.rocksdb;

/** What a commit that was acknowledged survives. */
public enum Durability {
    /** The end of the process by any means: the commit is written to the operating system before it is acknowledged. */
    PROCESS_KILL,
    /** The end of the machine: the commit is synced to disk before it is acknowledged, together with others that wait for the same. */
    POWER_LOSS
}
