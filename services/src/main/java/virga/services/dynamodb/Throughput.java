package virga.services.dynamodb;

import virga.model.dynamodb.ProvisionedThroughput;

/** Provisioned capacity; nothing of both where a table is on demand. */
record Throughput(long readUnits, long writeUnits) {
    static final Throughput ON_DEMAND = new Throughput(0, 0);
    private static final long READ_UNITS_OF_A_PARTITION = 3000;
    private static final long WRITE_UNITS_OF_A_PARTITION = 1000;

    static Throughput of(ProvisionedThroughput given) {
        return new Throughput(given.readCapacityUnits(), given.writeCapacityUnits());
    }

    boolean isOnDemand() {
        return readUnits == 0;
    }

    /** Units a second; 0 on demand. */
    long units(ProvisionedCapacity.Direction direction) {
        return switch (direction) {
            case READ -> readUnits;
            case WRITE -> writeUnits;
        };
    }

    /** How many partitions a table with this capacity begins with. Source: "Partitions and data distribution", Developer Guide. */
    int partitions(int onDemand) {
        if (isOnDemand()) {
            return onDemand;
        }
        double wanted =
                (double) readUnits / READ_UNITS_OF_A_PARTITION + (double) writeUnits / WRITE_UNITS_OF_A_PARTITION;
        return (int) Math.clamp(Math.ceil(wanted), 1, 16);
    }
}
