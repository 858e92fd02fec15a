/* measure_words.c — the words around clinical numbers. */
#include "detect/measure_words.h"

static const struct wordset_row rows[] = {
    /* mass, volume, amount, activity */
    { "mg mgs mcg ug gm gms gram grams kg kgs kilogram kilograms milligram milligrams microgram "
      "micrograms ng pg fg lb lbs pound pounds oz ounce ounces ml mls milliliter milliliters cc "
      "ccs "
      "dl cl ul fl nl liter liters litre litres mol mmol umol nmol pmol meq mosm osm iu miu u "
      "units "
      "unit mu kiu cfu copies ppm ppb cells",
      MW_UNIT },
    /* length, area, pressure, temperature, rate, energy, electricity, radiation */
    { "mm cm km um nm micron microns meter meters metre metres millimeter millimeters centimeter "
      "centimeters inch inches ft foot feet yd yards mile miles mmhg cmh kpa psi torr atm degree "
      "degrees deg celsius fahrenheit bpm rpm hz khz mhz khtz cal cals kcal kcals calorie calories "
      "joule joules watt watts mets ohm ohms kohm kohms kv kvp ma mas mv volt volts amp amps msec "
      "ms gy cgy rad rads "
      "msv mci uci mbq db diopters diopter hu tesla",
      MW_UNIT },
    /* time */
    { "sec secs second seconds minute minutes mins hour hours hr hrs day days week weeks wk wks "
      "month months mo mos year years yr yrs yo wga nights night pm am",
      MW_UNIT },
    /* counted things */
    { "tab tabs tablet tablets cap caps capsule capsules pill pills puff puffs drop drops gtt gtts "
      "spray sprays patch patches vial vials ampule ampules dose doses pack packs ppd cigarettes "
      "beer beers drink drinks cup cups glass glasses bottle bottles can cans bag bags time times "
      "episode episodes percent pct french fr gauge ga fold point points pts lead sutures staples "
      "cycles fractions sessions visits pads refills stitches hpf lpf patients subjects cases "
      "people persons men women children participants million thousand hundred billion joules "
      "steps blocks stairs flights pillows pounders weeks' vessel",
      MW_UNIT },
    { "in m g l s a c f h d k b t x q o w p n", MW_SHORT },
    /* vital signs */
    { "bp blood pressure systolic diastolic sbp dbp map hr heart rate pulse pulses rr respirations "
      "respiratory resp temp temperature tmax sat sats saturation saturating spo sao wt weight "
      "weighs weighing ht height tall bmi bsa fio peep cvp pcwp ejection lvef ef fev fvc vt tv "
      "vitals afebrile pef",
      MW_BEFORE },
    /* laboratory */
    { "wbc wbcs rbc rbcs hgb hb hemoglobin haemoglobin hct hematocrit plt plts platelet platelets "
      "mcv mch mchc rdw "
      "anc neutrophils lymphocytes lymphs monocytes eosinophils basophils bands segs polys na "
      "sodium "
      "potassium chloride cl bicarb bicarbonate hco co bun creatinine creat cr gfr egfr glucose "
      "sugar sugars bg bgs fsbg fsbs fs accucheck fingerstick ca calcium mag magnesium phos "
      "phosphorus albumin protein "
      "bilirubin bili tbili ast alt sgot sgpt alk alkp alp ggt ldh amylase lipase ammonia lactate "
      "troponin ck cpk ckmb bnp probnp ntprobnp ddimer dimer inr pt ptt aptt fibrinogen esr crp "
      "tsh "
      "ft psa cea afp hcg bhcg ferritin iron tibc transferrin folate vitamin cholesterol ldl hdl "
      "triglycerides trigs vldl hba hga lipoprotein ph pco po paco pao sg specific gravity ketones "
      "urobilinogen leukocytes titer titre titers count counts viral load level levels value "
      "values "
      "cortisol testosterone estradiol prolactin fsh lh ige igg iga igm complement ana digoxin "
      "dilantin tacrolimus vancomycin lithium valproate phenytoin",
      MW_BEFORE },
    /* scores, grades, positions */
    { "score scores scored scoring scale grade graded stage staged class type phase category gcs "
      "apgar apgars gleason nyha asa birads lirads pirads mmse moca phq gad ecog kps karnofsky "
      "nihss "
      "mrs meld childs sofa qsofa apache wells timi chads vasc das eortc gaf iq snellen visual "
      "acuity "
      "vision od os ou type size grades zone segment level tooth teeth rib ribs para gravida "
      "chromosome exon exons intron codon trisomy gest gestational gestation week day hour minute "
      "room bed ward floor step cycle question "
      "axis "
      "page figure table chapter section vol volume issue versus approximately approx about around "
      "nearly over under least than equals age aged ages ef dose doses dosage "
      "measuring measures measured measurement total average mean median range ranges "
      "width depth length diameter thickness circumference",
      MW_BEFORE },
    { "strength motor reflex reflexes dtr dtrs pain murmur systolic power muscle intensity edema "
      "pulses grade score rated rating scale",
      MW_PAIR | MW_BEFORE },
    { "of is was are were at as been to from with by went came dropped rose increased decreased "
      "elevated level levels value about approximately approx around nearly only up down the "
      "low high normal stable now currently and",
      MW_LINK },
    { "to or and by x out through per thru over", MW_RANGE },
    { "chr chrx chry chrm chrmt chromosome exon exons intron codon codons rs nm np nc ng nr xm xp "
      "ensg enst ensp cosm "
      "c g p snp",
      MW_GENE },
    { "x times", MW_TIMES },
};
static struct wordset words = WORDSET(rows);

const struct wordset *measure_words(void)
{
    return wordset_ready(&words);
}
