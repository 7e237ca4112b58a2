/** Event patterns, which several services match events with: rules of EventBridge, filters of Lambda's mappings. */
package virga.services.patterns;
