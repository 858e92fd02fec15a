/* cue_words.c — the words that announce identifiers, and those that stand between. */
#include "detect/cue.h"

/* One row an idea. CUE_NEEDS keeps words that mean much else ("record", "unit", "group") from being a
 * cue unless a number word or '#' follows them. */
static const struct wordset_row rows[] = {
    /* medical record numbers */
    { "mrn mrns umrn emrn medrec empi mpi uhid mrno hospno", CUE_MRN | CUE_STRONG },
    { "epi", CUE_MRN }, /* an enterprise's identifier, or epinephrine */
    { "nhi nhc stkr addressograph pid mrnum", CUE_MRN | CUE_TOLD },
    { "medrecno ipno opno chartno folderno urno pmrn", CUE_MRN | CUE_STRONG },
    { "merge merged", CUE_MRN | CUE_NEEDS | CUE_TOLD },
    { "ip op ipd opd mrd clinic adm dossier expediente sticker pas", CUE_MRN | CUE_NEEDS },
    { "urn hn", CUE_MRN },
    { "mr record records rec recs chart charts hospital hosp history unit emr ehr ur chi",
      CUE_MRN | CUE_NEEDS },
    /* accounts and what is paid with */
    { "account accounts acct accts acnt har guarantor iban", CUE_ACCOUNT | CUE_STRONG },
    { "fin", CUE_ACCOUNT },
    { "ebt clincard carecredit", CUE_ACCOUNT | CUE_TOLD },
    { "invoice", CUE_ACCOUNT | CUE_NEEDS | CUE_TOLD },
    { "billing bill bank routing visa mastercard amex card statement stmt payment loan "
      "check "
      "cheque checking",
      CUE_ACCOUNT | CUE_NEEDS },
    /* health plans */
    { "mbi hicn hic hbn dbn", CUE_PLAN | CUE_STRONG },
    { "insurance insur ins insurer insured policy plan medicare medicaid hmo ppo member mem "
      "subscriber "
      "subscr beneficiary coverage payer payor tricare bcbs aetna cigna humana unitedhealthcare "
      "kaiser enrollee policyholder mbr rxgrp rxgroup ohip ramq hcn phn masshealth "
      "medi uhc anthem wellcare ambetter molina centene",
      CUE_PLAN },
    { "grp clm clms preauth pol phin hsn uli", CUE_PLAN | CUE_NEEDS | CUE_TOLD },
    { "ahcccs tenncare badgercare soonercare peachcare champva amerigroup wellpoint caresource "
      "healthnet iehp bupa bonitas medshield fedhealth bestmed maxicare intellicare medicard "
      "ayushman pmjay cghs echs esic aarogyasri mediclaim medibank hcf vhi laya ahcip msp nihb odb "
      "comp workcover wsib wcb ehic ghic concession memberid rxid nhif shif "
      "highmark ucare healthpartners mvp geisinger emblemhealth carefirst premera regence wellmark "
      "sentara fidelis healthfirst cdphp univera excellus upmc mainecare optum "
      "medimpact caremark pmi",
      CUE_PLAN | CUE_NEEDS | CUE_TOLD },
    { "group claim claims contract sub sponsor chip dva bic medigap", CUE_PLAN | CUE_NEEDS },
    /* licences and certificates */
    { "npi dea upin", CUE_LICENSE | CUE_STRONG },
    { "license licence licensure dl cdl", CUE_LICENSE },
    { "lic", CUE_LICENSE | CUE_TOLD },
    { "registration registry permit certification certificate cert reg regn regd folio mci dmc",
      CUE_LICENSE | CUE_NEEDS },
    /* the registers of physicians, nurses, pharmacists, dentists and laboratories of many countries */
    { "clia ahpra gmc nmc gdc gphc hcpc nmbi nzmc cpso cpsbc caqh mcr mdcn hpcsa pmdc bmdc slmc "
      "rpps adeli lanr ecfmg oln medallion commission comm imc mcnz nzno prc hprac cpsid "
      "ptan nsc sanc bhf cno cpsm cpsa cpss "
      "wbmc tnmc coru",
      CUE_LICENSE | CUE_TOLD },
    /* vehicles and devices */
    { "vin", CUE_VEHICLE | CUE_STRONG },
    { "plate plates placard lp", CUE_VEHICLE },
    { "vehicle veh car truck tag", CUE_VEHICLE | CUE_NEEDS },
    { "hull chassis", CUE_VEHICLE | CUE_NEEDS },
    { "hin", CUE_VEHICLE | CUE_NEEDS | CUE_TOLD },
    { "udi imei meid iccid", CUE_DEVICE | CUE_STRONG },
    { "serial sn srno serno slno serialno rfid", CUE_DEVICE | CUE_TOLD },
    { "asset equipment transmitter", CUE_DEVICE },
    /* makers' names and machines */
    { "airsense aircurve dreamstation trilogy astral cadd nxstage libre libreview airmini latitude "
      "merlin carelink heartmate heartware tslim omnipod pdm cycler dialyzer "
      "programmer loaner bipap apap vpap autopap ipg ilr icm neurostimulator "
      "interlock endoscope colonoscope bronchoscope gastroscope duodenoscope cystoscope "
      "laryngoscope bedscale alaris esim",
      CUE_DEVICE | CUE_NEEDS },
    { "ser", CUE_DEVICE | CUE_NEEDS | CUE_TOLD },
    { "kit hub console handset device implant pacemaker pump generator receiver stimulator "
      "defibrillator cpap wheelchair walker holter glucometer monitor lead leads ventilator "
      "concentrator lens iol aid aids vns recorder stent graft valve prosthesis nebulizer oximeter "
      "cgm dexcom omnipod meter scooter processor device devices sensor tablet laptop ipad "
      "thermometer telemonitor spirometer machine incubator stretcher bed scope charger scale tens "
      "scanner hoist warmer tank modem router analyzer probe linac ommaya cardiomems explanted "
      "tracker "
      "lift pendant socket logger",
      CUE_DEVICE | CUE_NEEDS },
    { "fingerprint fingerprints thumbprint voiceprint palmprint handprint faceprint footprint "
      "footprints thumbprints palmprints handprints tenprint fprint voiceprints codis afis iafis "
      "abis "
      "biometric biometrics retina retinal iris",
      CUE_BIOMETRIC | CUE_NEEDS },
    /* any other number of a person, a visit, a sample, a paper */
    { "cdib cib enr csn accession passport uuid guid aadhaar curp cpf edipi aadhar nric hkid nino "
      "ppsn ubrn "
      "uscis",
      CUE_ID | CUE_STRONG },
    { "technician technologist", CUE_ID },
    /* numbers of persons in many countries, of deliveries, of those who guard, of donors and of services */
    { "ihi cnic iqama mykad kennitala pesel cnpj amka tckn hetu ahv rrn nis nie uidai abha "
      "pasaporte "
      "passeport reisepass ktn sevis hmis dodid ein usdot ntn cedula bsn oib jmbg egn svnr kvnr "
      "steuerid personnummer",
      CUE_ID | CUE_TOLD },
    { "fedex usps dhl airbill waybill microchip badge bdg shield dosimeter dosimetry armband "
      "bracelet wristband donor unos msn rid grid din cbu nmdp auth ticket receipt rcpt voucher "
      "enrollment "
      "enrolment wo icn dcn tcn unid aamc usmle fbi rems oper operator crn pasrr cdcr ehdi unhcr "
      "tkt "
      "ivrs rtsm irt predet roster discrepancy discrep philsys gsis nin bvn medlink econsult "
      "nemsis "
      "morgue ord lawson redcap precert precertification sak optn bia cdib noms netid pnr locator "
      "passcode lockbox pcn rxbin swab helpdesk rep "
      "epcr wwid datix tfn bkg emp officer "
      "typenex isbt tray isolate manifest shipment consignment proband recipient "
      "server "
      "randomization randomisation rand ppt "
      "pouch lockbag evid screener coupon membership payroll reservation parole keycard fob "
      "lanyard "
      "rvct cdib",
      CUE_ID | CUE_NEEDS | CUE_TOLD },
    { "pin keypad gate garage door alarm entrance activation agent star hugs run pcr "
      "cad dispatch mlc fir ob report rpt coroner coroners inquest cause "
      "warrant "
      "spec "
      "clock collar shoulder svc service log stk rand nbs ups sin pan rut rfc nid nik "
      "emirates "
      "qid umid philhealth slide block eeg cath kit ee eid sid uci iwrs impound "
      "evidence property exhibit serology biobank aliquot seal test form clerk employer irb papers "
      "trip waiver manifest refill renewal",
      CUE_ID | CUE_NEEDS },
    { "dni nif acc specimen requisition req encounter barcode reference confirmation ref "
      "job dictation transcription tracking docket",
      CUE_ID },
    { "patient patients pt pts case visit study subject subj participant order referral document "
      "doc employee staff user username login rx prescription "
      "authorization control request episode sample student national personal client "
      "provider admission appointment transaction booking nhs file folder enc screening "
      "incident randomization randomisation band bands locker "
      "military "
      "dod alien inmate prisoner police court voter tribal pharmacy script appt lab "
      "path quote quotation application appl bottle matter intake envelope valuables belongings "
      "jacket conf cytology culture bag zoom session meeting interpreter interp translator "
      "parcel cubby stub cassette autopsy grievance appeal complaint ration",
      CUE_ID | CUE_NEEDS },
    /* social security */
    { "ssn ssns", CUE_SSN | CUE_STRONG },
    { "ss social security soc sec", CUE_SSN | CUE_NEEDS },
    /* telephones */
    { "caller phone phones tel telephone telephones ph cell cellphone mobile contact hotline "
      "helpline "
      "voicemail "
      "whatsapp landline mob spectra spectralink vocera voalte",
      CUE_PHONE },
    { "call calls called calling callback reach reached text dial ring rang phoned cb",
      CUE_PHONE | CUE_VERB },
    { "fax faxed facsimile telefax faxes", CUE_FAX },
    { "pager beeper pgr bleep ascom dect", CUE_PAGER },
    { "paged page", CUE_PAGER | CUE_VERB },
    /* not identifiers */
    { "dob born birth birthdate birthday", CUE_DOB },
    { "ndc loinc cpt hcpcs icd snomed sctid rxnorm rxcui umls cui omim mim pmid pmcid doi isbn "
      "issn "
      "nct lcd ncd clinicaltrials isrctn eudract atc meddra cas cvx drg lot batch grant model cat "
      "catalog catalogue version",
      CUE_SYSTEM },
    /* between cue and value */
    { "number numbers no num nos nr nbr numb", CUE_NUMBER },
    { "id ids identifier identifiers identification ident", CUE_NUMBER | CUE_IDENT },
    { "code codes", CUE_NUMBER | CUE_NEEDS },
    { "is was are were of the as reads being at on under with for under listed his her their to "
      "via by "
      "recorded in s back",
      CUE_FILL },
    { "ending ends", CUE_FILL | CUE_ENDING },
    { "medical med social credit debit health license licence driver drivers vehicle state "
      "insurance patient hospital encounter",
      CUE_MODIFY },
};
struct wordset cue_words = WORDSET(rows);

uint32_t cue_class_of_hash(uint64_t word)
{
    return wordset_find(wordset_ready(&cue_words), word);
}

uint32_t cue_class_of_word(view word)
{
    return cue_class_of_hash(token_hash_word(word));
}

enum label cue_label(uint32_t what)
{
    static const struct {
        uint32_t what;
        enum label label;
    } map[] = {
        { CUE_MRN, LABEL_MRN },
        { CUE_ACCOUNT, LABEL_ACCOUNT },
        { CUE_PLAN, LABEL_PLAN },
        { CUE_LICENSE, LABEL_LICENSE },
        { CUE_VEHICLE, LABEL_VEHICLE },
        { CUE_DEVICE, LABEL_DEVICE },
        { CUE_SSN, LABEL_SSN },
        { CUE_FAX, LABEL_FAX },
        { CUE_PHONE, LABEL_PHONE },
        { CUE_PAGER, LABEL_PHONE },
        { CUE_BIOMETRIC, LABEL_BIOMETRIC },
    };
    for (size_t i = 0; i < COUNT_OF(map); i++)
        if (what & map[i].what) return map[i].label;
    return LABEL_ID;
}
