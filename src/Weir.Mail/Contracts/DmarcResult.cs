namespace Weir.Mail.Contracts;

/// <summary>DMARC results as the record names them.</summary>
public enum DmarcResult { None, Pass, BestGuessPass, SelectorPass, Fail, TempError, PermError, Unknown }

/// <summary>DMARC policy of the author's domain.</summary>
public enum DmarcPolicy { Absent, None, Quarantine, Reject }
