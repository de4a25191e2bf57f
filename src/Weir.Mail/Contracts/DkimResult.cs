namespace Weir.Mail.Contracts;

/// <summary>DKIM results as the record names them.</summary>
public enum DkimResult { None, Pass, Fail, Error, Ignore, Test, Timeout, Unknown }

/// <summary>One DKIM signature and what came of it.</summary>
public sealed record DkimSignatureResult(DkimResult Result, string Domain, string Selector, string Reason);
