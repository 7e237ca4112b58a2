package virga.engine;

/** A function that can not run on this machine as it is; the message says why, in words for the person who deploys it. */
public final class Unrunnable extends Exception {
    public Unrunnable(String reason) {
        super(reason, null, false, false);
    }
}
