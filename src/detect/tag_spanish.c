#include "detect/tag_spanish.h"

#include "base/hash.h"
#include "detect/spanish_inside.h"

enum word_class {
    PATIENT = 1, /* the one whom a report is about */
    STAGE = 2,   /* of life */
    SEX = 4,
    KIN = 8,    /* beside the rules' own */
    CIVIL = 16, /* casada, viudo */
    MONTH = 32,
    UNIT_OF_AGE = 64,
    UNIT_OF_TIME = 128,
    NUMERAL = 256,
    COUNTRY = 512,
    FROM_THERE = 1024, /* peruano */
    REGION = 2048,
    FROM_CUE = 4096, /* natural de, procedente de */
    JOB = 8192,
    JOB_CUE = 16384,
    HOUSE = 32768, /* heads of the names of institutions */
    FIRM = 65536,
    LEGAL_FORM = 131072,
    AFTERWARDS = 262144, /* de evolución, después: a span of time and no age */
    DIED = 524288,
    ORDER = 1048576, /* primero, mayor */
    RACE = 2097152,
    OF_HOUSE = 4194304, /* universitario, comarcal */
    DEPARTMENT = 8388608,
};
enum { OWN = 32 }; /* these stand above the classes of the rules */
static const uint64_t PERSONS = (uint64_t)(PATIENT | STAGE | SEX | KIN) << OWN | ES_RELATIVE,
                      CIRCUMSTANCES = (uint64_t)(AFTERWARDS | DIED | JOB_CUE | COUNTRY | REGION)
                                      << OWN;

static const struct wordset_row rows[] = {
    { "paciente pacientes enfermo enferma caso individuo sujeto persona", PATIENT },
    { "niño niña niños niñas joven jóvenes adolescente lactante neonato neonata bebé anciano "
      "anciana adulto adulta "
      "prematuro prematura pretérmino escolar muchacho muchacha chico chica nacido nacida feto "
      "gestante embarazada "
      "preescolar púber menor señor señora",
      STAGE },
    { "varón varones mujer mujeres hombre hombres masculino masculina femenino femenina macho "
      "hembra",
      SEX },
    { "tíos tía tías primos primas sobrinos sobrinas cuñados suegros bisabuelos familiar "
      "familiares progenitor progenitora "
      "progenitores gemelos gemelas mellizos mellizas hermanastro hermanastra familia parientes "
      "pariente compañero "
      "compañera exmarido nietos tatarabuelo consanguíneos consuegra ahijado ahijada madrina "
      "padrino descendientes "
      "papá mamá abuelita hermanito hermanita materno materna maternos maternas paterno paterna "
      "paternos paternas",
      KIN },
    { "casado casada soltero soltera viudo viuda divorciado divorciada separado separada", CIVIL },
    { "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre "
      "diciembre",
      MONTH },
    { "año años añitos mes meses semana semanas día días", UNIT_OF_AGE },
    { "hora horas h minuto minutos min segundo segundos década décadas lustro trimestre trimestres "
      "semestre quincena noche "
      "noches ciclo ciclos sesión sesiones veces",
      UNIT_OF_TIME },
    { "un uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
      "dieciséis diecisiete "
      "dieciocho diecinueve veinte veintiuno veintiún veintidós veintitrés veinticuatro "
      "veinticinco veintiséis "
      "veintisiete veintiocho veintinueve treinta cuarenta cincuenta sesenta setenta ochenta "
      "noventa cien medio media ambos "
      "ambas varios varias",
      NUMERAL },
    { "natural originario originaria procedente residente residentes procedía nacionalidad origen "
      "ascendencia residencia reside "
      "residía emigrante inmigrante procedencia viajó viaje viajado viajes ciudad localidad "
      "provincia pueblo municipio "
      "población comarca isla islas",
      FROM_CUE },
    { "albañil carpintero fontanero electricista mecánico soldador soldadora pintor pintora minero "
      "agricultor agricultora "
      "ganadero ganadera pescador marinero marino camionero conductor conductora chófer taxista "
      "piloto militar soldado "
      "policía bombero bomberos guardia vigilante celador celadora administrativo administrativa "
      "secretaria secretario "
      "oficinista contable economista abogado abogada ingeniero ingeniera arquitecto arquitecta "
      "profesor profesora maestro "
      "maestra monitor monitora estudiante universitaria camarero camarera cocinero cocinera "
      "panadero pastelero carnicero "
      "carnicera peluquero peluquera esteticista dependiente dependienta comercial vendedor "
      "vendedora comerciante "
      "empresario empresaria autónomo funcionario funcionaria obrero obrera peón operario operaria "
      "costurera modista sastre "
      "zapatero limpiadora jardinero jardinera veterinario veterinaria azafata azafato deportista "
      "futbolista jugador "
      "jugadora ciclista atleta bailarina bailarín músico cantante periodista fotógrafo "
      "informático programador técnico "
      "técnica auxiliar fisioterapeuta farmacéutico farmacéutica dentista odontólogo psicóloga "
      "sacerdote monja religiosa "
      "jubilado jubilada pensionista desempleado desempleada parado empleado empleada trabajador "
      "trabajadora labrador "
      "cazador pastor forestal tornero fresador chapista repartidor cartero transportista portero "
      "conserje "
      "cuidadora limpieza construcción hogar ama",
      JOB },
    { "profesión ocupación trabaja trabajaba trabajó trabajando trabajado trabajar trabajo laboral "
      "laboralmente dedica "
      "dedicaba dedicado oficio empleo empleos ejerce ejercía jornada puesto fábrica empresa "
      "licenciado licenciada",
      JOB_CUE },
    { "universidad facultad escuela instituto institut laboratorio laboratorios asociación "
      "sociedad fundación fundació "
      "ministerio consejería juzgado juzgados comisaría colegio agencia academia ayuntamiento "
      "diputación cátedra biblioteca "
      "residencia geriátrico penitenciario prisión cárcel cuartel parroquia policía registro banco "
      "comité consorcio "
      "corporación compañía tribunal audiencia palacio centro casa clínica clínic policlínica "
      "sanatorio hospital hospitals "
      "complejo ambulatorio",
      HOUSE },
    { "roche novartis pfizer bayer sanofi aventis msd merck glaxo smithkline gsk allergan alcon "
      "cusi abbott abbvie "
      "astrazeneca boehringer lilly janssen johnson medtronic baxter braun fresenius siemens "
      "philips zeiss olympus stryker "
      "zimmer nestlé nobel biocare straumann biomet boston scientific ge hewlett packard bristol "
      "myers squibb chiesi esteve "
      "almirall ferrer rovi grifols angelini farmacéutica pharma healthcare biogen amgen novo "
      "nordisk mentor inamed "
      "ethicon covidien dräger leica topcon nidek bausch lomb humphrey santen théa schering wyeth "
      "lundbeck ucb menarini "
      "serono teva cinfa normon zambon medical instruments systems",
      FIRM },
    { "sa sl slu inc ltd gmbh co corp corporation ag llc company bv cía", LEGAL_FORM },
    { "evolución duración después posteriormente posterior posteriores seguimiento antes "
      "antigüedad previos previas "
      "siguientes últimos últimas primeros intervención cirugía operación tratamiento iniciar "
      "inicio transcurridos "
      "ingreso alta trasplante",
      AFTERWARDS },
    { "falleció fallecido fallecida fallecidos murió muerto muerta exitus vive viven vivos", DIED },
    { "primero primera primer segundo segunda tercero tercera tercer cuarto quinto mayor menor "
      "mediano mediana único única",
      ORDER },
    { "universitario universitaria general provincial comarcal regional nacional central clínico "
      "infantil materno militar "
      "insular local virgen santa san sant son",
      OF_HOUSE },
    { "servicio departamento dpto unidad sección área jefe médico urología oftalmología cirugía "
      "medicina neurología "
      "nefrología radiología pediatría dermatología oncología hematología cardiología farmacia "
      "anatomía patológica "
      "neurocirugía odontología maxilofacial reumatología digestivo endocrinología estomatología "
      "forense plástica oral",
      DEPARTMENT },
};
static const struct wordset_row place_rows[] = {
    { "españa portugal francia italia alemania austria suiza bélgica holanda luxemburgo dinamarca "
      "suecia noruega finlandia "
      "islandia irlanda inglaterra escocia gales polonia hungría rumanía bulgaria grecia turquía "
      "rusia ucrania bielorrusia "
      "moldavia georgia armenia azerbaiyán serbia croacia eslovenia eslovaquia bosnia montenegro "
      "macedonia albania kosovo "
      "estonia letonia lituania malta chipre andorra mónaco méxico guatemala honduras salvador "
      "nicaragua panamá cuba haití "
      "jamaica colombia venezuela ecuador perú bolivia chile argentina uruguay paraguay brasil "
      "guayana surinam canadá "
      "marruecos argelia túnez libia egipto sudán etiopía eritrea somalia kenia uganda tanzania "
      "ruanda congo angola zambia "
      "zimbabue mozambique namibia botsuana sudáfrica madagascar nigeria níger ghana togo benín "
      "camerún gabón senegal gambia "
      "guinea liberia malí mauritania mali chad israel palestina líbano siria jordania irak irán "
      "arabia yemen omán qatar "
      "kuwait afganistán pakistán india nepal bangladesh birmania tailandia laos camboya vietnam "
      "malasia singapur indonesia "
      "filipinas china taiwán corea japón mongolia kazajistán uzbekistán australia zelanda eeuu "
      "usa uk spain england "
      "germany france italy switzerland brazil japan netherlands uu ee",
      COUNTRY },
    { "español española portugués portuguesa francés francesa italiano italiana alemán alemana "
      "suizo suiza belga holandés "
      "holandesa danés danesa sueco sueca noruego noruega finlandés irlandés irlandesa inglés "
      "inglesa británico británica "
      "escocés polaco polaca húngaro húngara rumano rumana búlgaro búlgara griego griega turco "
      "turca ruso rusa ucraniano "
      "ucraniana moldavo georgiano armenio serbio croata esloveno albanés estonio letón lituano "
      "mexicano mexicana "
      "guatemalteco hondureño hondureña salvadoreño salvadoreña nicaragüense costarricense "
      "panameño cubano cubana haitiano "
      "dominicano dominicana colombiano colombiana venezolano venezolana ecuatoriano ecuatoriana "
      "peruano peruana boliviano "
      "boliviana chileno chilena argentino argentina uruguayo uruguaya paraguayo paraguaya "
      "brasileño brasileña canadiense "
      "estadounidense norteamericano norteamericana marroquí magrebí argelino argelina tunecino "
      "egipcio egipcia etíope "
      "keniata congoleño angoleño sudafricano nigeriano nigeriana ghanés camerunés senegalés "
      "senegalesa gambiano guineano "
      "guineana maliense mauritano subsahariano subsahariana israelí palestino libanés sirio siria "
      "iraquí iraní saudí afgano "
      "afgana pakistaní paquistaní indio india nepalí vietnamita tailandés camboyano filipino "
      "filipina chino china coreano "
      "japonés japonesa mongol australiano latinoamericano latinoamericana sudamericano "
      "sudamericana africano africana "
      "asiático asiática europeo europea árabe gitano gitana",
      FROM_THERE },
    { "raza etnia caucásico caucásica caucasiano caucasiana blanco blanca negro negra mestizo "
      "mestiza mulato mulata "
      "hispano hispana moreno morena oriental indígena",
      RACE },
    { "andalucía aragón asturias baleares canarias cantabria cataluña extremadura galicia rioja "
      "navarra euskadi murcia "
      "álava albacete alicante almería ávila badajoz barcelona burgos cáceres cádiz castellón "
      "córdoba cuenca gerona girona "
      "granada guadalajara guipúzcoa gipuzkoa huelva huesca jaén coruña lérida lleida lugo madrid "
      "málaga orense ourense "
      "palencia pontevedra salamanca segovia sevilla soria tarragona tenerife teruel toledo "
      "valencia valladolid vizcaya "
      "bizkaia zamora zaragoza vigo gijón oviedo bilbao pamplona vitoria santander logroño "
      "mallorca menorca ibiza ceuta "
      "melilla leon palmas gasteiz donostia",
      REGION },
};
static struct wordset words = WORDSET(rows), places = WORDSET(place_rows);

_Static_assert(DEPARTMENT < 1 << 29, "bits 32 to 60 are for these, those below for the rules'");

uint64_t tag_spanish_kinds(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    const uint64_t own =
        wordset_class(wordset_ready(&words), t) | wordset_class(wordset_ready(&places), t);
    return own << OWN | spanish_class(d, i);
}

static uint64_t far_word(uint64_t kinds, uint32_t far)
{
    return kinds ? hash_mix(kinds, MIN(far, 5U) + (far > 8)) : 0;
}

uint64_t tag_spanish_left(const struct doc *d, uint32_t i)
{
    enum { FAR = 24 };
    for (uint32_t k = 1; k <= FAR && k <= i && !(d->tok[i - k + 1].flags & TOK_LINE); k++) {
        if (doc_is_mark(d, (int64_t)i - k, '.') && (d->tok[i - k + 1].flags & TOK_SPACE)) break;
        const uint64_t is = tag_spanish_kinds(d, (int64_t)i - k) & PERSONS;
        if (is) return far_word(is, k);
    }
    return 0;
}

uint64_t tag_spanish_right(const struct doc *d, uint32_t i)
{
    enum { FAR = 8 };
    for (uint32_t k = 1; k <= FAR && i + k < d->n && !(d->tok[i + k].flags & TOK_LINE); k++) {
        if (doc_is_mark(d, (int64_t)i + k, '.')) break;
        const uint64_t is = tag_spanish_kinds(d, (int64_t)i + k) & (PERSONS | CIRCUMSTANCES);
        if (is) return far_word(is, k);
    }
    return 0;
}
