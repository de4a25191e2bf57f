namespace Weir.Mail.Contracts;

/// <summary>Record types that Weir asks for.</summary>
public enum DnsType { A, Aaaa, Mx, Txt, Ptr }
