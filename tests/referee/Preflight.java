import java.io.File;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.ValidationResult.ValidationError;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/**
 * PDFBox Preflight (PDF/A-1b) over many files in one start: prints for each file its name, a tab and
 * the distinct error codes with their details, or VALID. What the codes
 * mean is the caller's business.
 */
public final class Preflight {
    public static void main(String[] names) {
        for (String name : names) {
            System.out.println(name + "\t" + judge(new File(name)));
        }
    }

    private static String judge(File file) {
        SortedSet<String> errors = new TreeSet<>();
        try {
            PreflightParser parser = new PreflightParser(file);
            try {
                parser.parse();
                try (PreflightDocument document = parser.getPreflightDocument()) {
                    document.validate();
                    collect(document.getResult(), errors);
                }
            } catch (SyntaxValidationException e) {
                collect(e.getResult(), errors);
            }
        } catch (Exception e) {
            errors.add("unreadable: " + e);
        }
        return errors.isEmpty() ? "VALID" : String.join("; ", errors);
    }

    private static void collect(ValidationResult result, SortedSet<String> errors) {
        for (ValidationError error : result.getErrorsList()) {
            errors.add(error.getErrorCode() + " " + error.getDetails().replaceAll("\\s+", " "));
        }
    }

    private Preflight() {}
}
