package virga.kernel;

import java.time.Duration;

/** A clock that its owner may move: what `virga clock` and tests hold. */
public interface MovableClock extends Clock, AutoCloseable {
    /** Moves the time ahead; sleepers whose time has come wake in order. @throws IllegalArgumentException for a negative duration */
    void advance(Duration duration);

    /** Stops the time where it is. */
    void freeze();

    /** Lets the time run on from where it stands. */
    void resume();

    boolean frozen();

    /** How far this clock is ahead of the one it is made from. */
    Duration offset();

    /** Wakes nobody any more: for when the environment that it belongs to is closed. */
    @Override
    default void close() {}
}
