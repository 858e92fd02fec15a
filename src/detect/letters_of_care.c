#include "detect/letters_of_care.h"

#include "detect/wordset.h"

bool letters_of_care(const struct doc *d, uint32_t i)
{
    static const struct wordset_row rows[] = {
        /* tests, values and scores */
        { "ams cbg fsbs sbp dbp wob lbm fobt bsa ibw anc alc ldl hdl vldl tg fena egfr gfr hgb hct "
          "wbc rbc plt mcv ferr tibc vit tox uds upt uhcg bhcg rvp resp vss afvss sao spo fsbg "
          "poct mews news "
          "min mod max ind dep alk dat cbc bmp cmp lft lfts bnp bun esr crp tsh hcg psa cea "
          "afp ldh cpk abg vbg inr ptt aptt ana "
          "anca rpr ua ucx bcx csf pcr hba1c gcs nih nihss ciwa cows cam rass cpot mmse moca phq "
          "gad "
          "cssrs fim afi bpp nst gtt pvr uo uop cvp map icp cpp iop ekg ecg eeg emg tte tee cxr "
          "kub "
          "mri mra mrcp ct cta cat pet pft pfts ncs vfss fees dexa hida egd eus ercp fna rom mmt "
          "dtr "
          "rapd eom perrla",
          1 },
        /* diseases and states */
        { "chf cad mi nstemi stemi af afib afl svt vf pvc pvcs pac pacs bbb lbbb rbbb htn dm hld "
          "ckd esrd aki arf uti bph osa copd gerd pud ibs ibd uc sbo cva tia sdh sah ich tbi ms "
          "mci "
          "gbs sle dvt vte pe pad pvd aaa taa djd ddd oa lbp sob doe loc nad wnl nkda dnr dni dnar "
          "ama si hi avh scc bcc dcis cis hcc rcc nhl cll aml cml mds gbm msi fuo sirs ards hiv "
          "hcv "
          "hbv hsv cmv ebv rsv hpv mrsa mssa vre esbl gsw mva mvc dka hhs siadh pcos gdm pih iugr "
          "prom pprom hit itp ttp dic nash nafld mgus pots mcas cfs rls ptsd ocd adhd asd als flu "
          "tb rf doa tod",
          1 },
        /* what is given or done, and how */
        { "iv im sq sc sl po npo tpn ppn prbc prbcs ffp plt ivf ivig pca ect tms cbt dbt xrt ctx "
          "mtx "
          "abx nsaid ppi ssri kvo tko ns cabg pci avr mvr tavr evar bka aka tha tka orif tah bso "
          "turp "
          "leep dnc lhc rhc ecmo crrt chd ihd cbi cpr rosc ivc iabp cpap bipap aprv simv peep fio "
          "hfnc "
          "nippv bvm lma ett ng ngt og ogt dht gt peg jt jp pcn picc piv cvc cvl cvad ij ej scd "
          "scds "
          "ted vac evd vp ppm icd aicd afo tlso lso cto fww rw bsc hob oob brp sba cga nwb ttwb "
          "twb "
          "pwb wbat wbs adl adls iadl ltg stg tcdb niv avf avg rij lij rsc lsc vns dbs itb cpm "
          "tens lvad rvad bipap io cms fhr sbt imn bpm dsd cdi mae nc ra wb hep lp fht efm sve "
          "ebl qbl ega edd lmp kcal",
          1 },
        /* notes, wards and who works there */
        { "pmh psh fhx fh sh shx ros hpi mar emar tar poc soap poa dpoa hcp polst molst snf ltc "
          "ltac "
          "ltach irf alf icu ccu micu sicu nicu picu pacu cvicu tcu pcu mcu sdu ed er asap stat "
          "rrt "
          "pmp roi loa fmla avs poct phi hipaa him spd cs ur xr gi slp rt ot pt uc us hx tx rx sx "
          "dx fx bx fu pcp dme",
          1 },
        /* vessels, sides and places of the body */
        { "lad rca lcx lima sfa aorta rue lue rle lle ruq luq rlq llq acl pcl mcl lcl sln scv ras "
          "fem tm tlc tfm od os ou",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    return wordset_class(wordset_ready(&set), doc_tok(d, i)) != 0;
}
