import java.io.FileInputStream;
import java.io.InputStream;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;

/** Judges each file by each profile: `java VeraCheck.java ua1,3a file.pdf …`, one line a verdict; 1 if any is FAIL. */
public class VeraCheck {
  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    boolean good = true;
    for (int at = 1; at < arguments.length; at++) {
      for (String profile : arguments[0].split(",")) {
        good &= judge(arguments[at], profile);
      }
    }
    System.exit(good ? 0 : 1);
  }

  static boolean judge(String file, String profile) throws Exception {
    String name = profile.startsWith("ua") ? "PDFUA-" + profile.substring(2) : "PDFA-" + profile.toUpperCase();
    try (InputStream rules = VeraCheck.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml");
        InputStream pdf = new FileInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(pdf, PDFAFlavour.fromString(profile));
        PDFAValidator validator = Foundries.defaultInstance().createValidator(Profiles.profileFromXml(rules), false)) {
      ValidationResult result = validator.validate(parser);
      System.out.println((result.isCompliant() ? "PASS" : "FAIL") + "\t" + profile + "\t" + file);
      failures(result).forEach((rule, why) -> System.out.println("\t" + rule + ": " + why));
      return result.isCompliant();
    }
  }

  /** The failed rules, each with the first place that breaks it. */
  static TreeMap<String, String> failures(ValidationResult result) {
    TreeMap<String, String> found = new TreeMap<>();
    for (TestAssertion each : result.getTestAssertions()) {
      if (each.getStatus() == TestAssertion.Status.FAILED) {
        String rule = each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber();
        found.putIfAbsent(rule, each.getMessage() + " @ " + each.getLocation().getContext());
      }
    }
    return found;
  }
}
