/* spanish_words.c — the words that the rules for Spanish go by. Accents and case do not count. */
#include "detect/spanish_inside.h"

static const struct wordset_row rows[] = {
    { "dr dra drs dres dras doctor doctora doctores", ES_DOCTOR },
    { "sr sra srta sres señor señora señorita don doña dña dª", ES_TITLE },
    { "d dn", ES_DON },
    { "de del la las los el y i e da do dos san santa van von", ES_PARTICLE },

    { "hijo hija hijos hijas marido mujer esposo esposa madre padre padres hermano hermana "
      "hermanos hermanas "
      "abuelo abuela abuelos nieto nieta nietos nietas tío tía primo prima sobrino sobrina cuñado "
      "cuñada "
      "suegro suegra yerno nuera novio novia pareja cónyuge cuidador cuidadora vecino vecina amigo "
      "amiga "
      "tutor tutora bisabuelo bisabuela padrastro madrastra hijastro hijastra exmarido exmujer "
      "viuda viudo",
      ES_RELATIVE },
    { "paciente nombre apellido apellidos acompañante", ES_NAMED },
    { "su sus mi mis", ES_OWN },
    { "materno materna maternos paterno paterna paternos mayor menor pequeño pequeña político "
      "política único "
      "única mellizo melliza gemelo gemela legal principal familiar familiares contacto otro otra",
      ES_KIN },

    /* what begins sentences and lines with a capital, and stands behind names on a line */
    { "se en con por para que al un una unos unas lo le les no sí sin tras desde hasta sobre según "
      "cuando como "
      "pero si este esta es fue ha han está están era tiene presenta refiere niega acude ingresa "
      "ingresó vive "
      "vino viene solicita solicitó pide indica informa recomienda explica comenta valora revisa",
      ES_PLAIN },
    { "vivo viva vivos sano sana sanos fallecido fallecida fallecidos murió muerto muerta exitus "
      "diabético "
      "diabética hipertenso hipertensa asma asmático asmática diabetes cáncer alergia alérgica "
      "alérgico "
      "epilepsia artrosis ictus infarto demencia hepatitis celiaca celíaco migraña obesidad anemia "
      "antecedentes alzheimer parkinson crohn tos fiebre dolor",
      ES_PLAIN },
    { "servicio unidad sección departamento área hospital clínica centro consulta consultas "
      "urgencias planta "
      "cardiología neurología pediatría oncología radiología psiquiatría cirugía traumatología "
      "ginecología "
      "urología dermatología oftalmología medicina enfermería nefrología neumología digestivo "
      "geriatría "
      "reumatología hematología endocrinología anestesia rehabilitación interna intensiva atención "
      "primaria "
      "médico médica enfermero enfermera jefe jefa director directora residente adjunto adjunta "
      "mir eir due "
      "paciente historia informe alta ingreso fecha nacimiento edad sexo nombre apellidos "
      "domicilio dirección "
      "teléfono tfno tlf telf tel móvil fax correo email firmado fdo colegiado col nº nhc dni nie "
      "cip nass "
      "especialista facultativo responsable diagnóstico tratamiento motivo exploración juicio "
      "evolución plan "
      "juez presidente gerente usuario varón hombre niño niña lactante anciano anciana adulto "
      "adulta joven",
      ES_PLAIN },

    { "n nº num núm número nro", ES_NUMBER },
    { "de del la el los es social sanitaria sanitario clínica clínico paciente afiliación "
      "asegurado colegiado "
      "historia identidad individual personal seguridad identificación contacto fijo móvil "
      "particular trabajo "
      "casa médico electrónica española español extranjero",
      ES_FILL },
    { "nhc nhcl numhc", ES_MRN },
    { "historia hc hª", ES_MRN | ES_WEAK },
    { "nass nuss naf cip cipa sip tsi tis nss", ES_PLAN },
    { "ss seguridad tarjeta póliza mutua aseguradora afiliación cite", ES_PLAN | ES_WEAK },
    { "dni nif nie pasaporte", ES_PERSON_ID },
    { "colegiado colegiada ncol nºcol", ES_LICENSE },
    { "col cnp", ES_LICENSE | ES_WEAK },
    { "episodio icu proceso", ES_CASE | ES_WEAK },

    { "tel telf tfno tfn tlf tlfno tlfn tf teléfono teléfonos móvil móviles whatsapp telefónico "
      "telefónica",
      ES_PHONE },
    { "fax", ES_FAX },
    { "ext extensión extensiones busca", ES_EXTENSION },

    { "calle avenida avda avd cl carretera ctra travesía glorieta urbanización urb callejón",
      ES_STREET_SURE },
    { "calle c cl avenida avda avd av plaza pza plza pl paseo pso camino cno carretera ctra ronda "
      "travesía "
      "trav glorieta urbanización urb polígono rambla callejón pasaje pje barrio bulevar cuesta "
      "carrer rúa "
      "alameda costanilla",
      ES_STREET },
    { "piso planta puerta pta escalera esc portal bloque blq bajo bj entlo entresuelo ático izq "
      "izda izqda "
      "izquierda dcha derecha drcha ctro centro letra casa",
      ES_FLOOR },
    { "domicilio dirección reside residente vive domiciliado domiciliada", ES_HOME },
    { "nacimiento nacido nacida nació nac fnac fdn natalicio", ES_BIRTH },
    { "hace durante desde cada tras", ES_SINCE },
    { "cp", ES_POST },
};
static struct wordset words = WORDSET(rows);

uint32_t spanish_class(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&words), doc_tok(d, i));
}
