package virga.services.events;

/**
 * The service's quotas. Source: "Amazon EventBridge quotas", EventBridge User Guide.
 *
 * @param eventBytes all entries of a request together (1 MB since 2026)
 */
public record EventsLimits(int entries, int eventBytes, int rulesPerBus, int targetsPerRule) {
    public static final EventsLimits AWS = new EventsLimits(10, 1024 * 1024, 300, 5);
}
