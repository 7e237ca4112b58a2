package virga.kernel;

/** What an environment is given of the outside: its time, chance, ids, wake-ups and threads. */
public record Ports(MovableClock clock, Chance chance, Ids ids, Signals signals, Threads threads) {}
