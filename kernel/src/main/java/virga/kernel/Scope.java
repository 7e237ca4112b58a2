package virga.kernel;

/** Where a call happens: an environment (a whole isolated AWS), and in it an account and a region. */
public record Scope(String environment, String account, String region) {
    public Scope withRegion(String other) {
        return new Scope(environment, account, other);
    }

    public Scope withAccount(String other) {
        return new Scope(environment, other, region);
    }

    @Override
    public String toString() {
        return environment + "/" + account + "/" + region;
    }
}
