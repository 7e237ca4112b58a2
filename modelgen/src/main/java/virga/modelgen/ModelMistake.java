package virga.modelgen;

/** A model file, an overlay or a name in them that cannot become Java. Fails the build with what to mend. */
final class ModelMistake extends RuntimeException {
    ModelMistake(String message) {
        super(message);
    }
}
